"""What an environment may say: one module an entity, at the path of its construct."""
