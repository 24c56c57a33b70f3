"""The pages: the frame all share stands here, each area of work in a folder of its own."""
