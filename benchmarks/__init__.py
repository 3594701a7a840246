"""Speed and accuracy, run by hand; each prints its figures beside a named rival's from the same run."""
