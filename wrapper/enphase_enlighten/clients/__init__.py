"""What the clients of all APIs share: assembly, opening and closing, options, usage."""
