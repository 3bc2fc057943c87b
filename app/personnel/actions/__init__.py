"""Personnel actions: the only way in which a service record changes."""
