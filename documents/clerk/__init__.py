"""The clerk: reads answers, issued papers and scans as a commission would, before it does."""
