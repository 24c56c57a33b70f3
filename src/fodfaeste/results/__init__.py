"""What became of people: outcomes, designs, estimates with intervals, and small groups hidden."""
