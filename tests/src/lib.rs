//! What crosses crates: the arrows of the house, the command line, emitted code that runs, the portal in a browser.
