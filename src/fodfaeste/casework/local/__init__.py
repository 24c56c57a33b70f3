"""What a municipality itself decided about its promises above the law: who, when and why."""
