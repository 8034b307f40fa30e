"""What points are given for, which week they belong to, and who stands in which place."""
