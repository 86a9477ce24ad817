"""The sheet or card in a photograph: its four corners, or none, and the cut-out seen from straight above.

Candidates come from several ways of telling the sheet from what it lies on (brightness, colour, both against the
rim; straight edges); each is fitted to the edges nearby, and the one with the best-supported sides of a known shape
wins. A wrong cut costs more than none, so a doubtful quadrilateral is no quadrilateral.
"""
