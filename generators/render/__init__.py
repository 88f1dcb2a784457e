"""How each format is written: plain values in, text or bytes out. Knows no rule of the campaign."""
