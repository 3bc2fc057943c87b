"""Documents that come with an application: looked into, stored by digest, read by few."""
