"""What applicants see: the form in steps, the receipt, and the tracker of one application."""
