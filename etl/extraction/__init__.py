"""Text to claims: candidate sentences, quantities, who suffered what, when, where and who said so."""
