"""Reading evidence: the work area of a step, a campaign's papers, what a reviewer looks at."""
