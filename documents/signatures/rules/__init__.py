"""The arithmetic of signatures: plain values in and out."""
