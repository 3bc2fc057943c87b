"""What those who attended say about a course, without their names."""
