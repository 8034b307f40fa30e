"""Help: articles and questions of the packs, questions people ask, answers humans give."""
