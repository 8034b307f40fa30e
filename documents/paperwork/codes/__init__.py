"""Reading the code on a scan, in a process of its own."""
