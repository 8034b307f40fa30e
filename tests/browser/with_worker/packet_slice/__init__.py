"""One way of the papers on a phone: questions, issues, signatures, the packet, the receipt."""
