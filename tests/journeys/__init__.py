"""What people do with the site, in a real browser, on a real site with the demonstration's people."""
