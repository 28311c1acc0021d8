"""Pictures made by the server: a Struct says what they show, SVG how, a table twin says the same."""
