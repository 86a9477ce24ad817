"""Drawing invented papers, marked «MẪU – SPECIMEN», with the truth about what stands on them."""
