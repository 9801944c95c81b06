"""The forms of this room. They check shape; the services check sense and permission."""
