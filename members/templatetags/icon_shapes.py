"""The portal's icons: strokes on a grid of 24, drawn in the colour of the text beside them."""

SHAPES = {
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "ballot": '<path d="M4 12h16v8H4zM8 12V4h8v8M10.5 8l1.2 1.2L14 7"/>',
    "bell": '<path d="M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5a2 2 0 0 0 4 0"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "cross": '<path d="M6.5 6.5l11 11M17.5 6.5l-11 11"/>',
    "desk": '<path d="M4 13l3-8h10l3 8v6H4zM4 13h5l1 2.5h4l1-2.5h5"/>',
    "document": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17c-5-5-5-12 0-17"/>',
    "house": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "inbox": '<path d="M3.5 6h17v12h-17zM3.5 7l8.5 6.5L20.5 7"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.5"/>',
    "leave": '<path d="M10 4H5v16h5M9.5 12H20M16 8l4 4-4 4"/>',
    "more": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "pause": '<path d="M9 6v12M15 6v12"/>',
    "people": (
        '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6'
        'M16 5.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3.2 2.7 3.5 5.5"/>'
    ),
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
    "sealed": '<path d="M12 3l7.5 3v5.5c0 4.5-3 7.5-7.5 9.5c-4.5-2-7.5-5-7.5-9.5V6z"/>',
    "warning": '<path d="M12 4l9 16H3zM12 10v4.5M12 17v.5"/>',
}

# What goes with the tone of a status pill or a notice, so that colour never stands alone.
OF_TONE = {"wait": "clock", "good": "check", "bad": "cross", "now": "arrow", "plain": ""}
OF_NOTICE = {"wait": "warning", "good": "check", "bad": "warning", "now": "info", "plain": "info"}
