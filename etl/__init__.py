"""News reports to tables of people killed, hurt and uprooted."""
