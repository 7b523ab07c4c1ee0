"""How dates and times are written where Django's own formats for a language do not suit the portal."""
