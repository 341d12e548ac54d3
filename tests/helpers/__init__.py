"""What the tests are told with: a town, its people, fakes and pictures."""
