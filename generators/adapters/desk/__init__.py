"""The desk: an editor in the browser (Decap CMS), for this machine alone, that saves through ``campaign check``."""
