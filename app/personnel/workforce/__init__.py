"""The workforce as figures and pictures: how many serve, come, leave, and how long they stay in a grade."""
