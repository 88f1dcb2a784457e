"""What is published, one file a kind: each ``render(site, templates)`` gives artefacts; none knows another."""
