"""The verbs of the command line, a module each: ``add`` declares a verb and its options, the rest does it."""
