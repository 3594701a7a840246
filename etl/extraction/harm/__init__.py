"""What befell whom: the words and turns of phrase that tell of harm, each tied to its victims."""
