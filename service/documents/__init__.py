"""Documents of a marché: CCAP, acte d'engagement, avenants, purchase orders, decisions of the buyer."""
