"""What is true in any town: tickets, people, photos, operations and the rules between them."""
