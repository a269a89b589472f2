"""What stands in quotes: names of bodies, plans and programmes, whose words say nothing about the sentence around them."""

import re

QUOTED = re.compile(r"«(?:[^«»]|«[^«»]*»)*»|\"[^\"]*\"|„(?:[^„“”]|„[^„“”]*[“”])*[“”]|“[^”]*”")
"""A quoted name with its quotes: «…» (with «…» inside), "…", „…“ (with „…“ inside), “…”."""
