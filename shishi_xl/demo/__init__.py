"""Two periods of a bundled programme, with returns as units send them."""
