"""The facilitator's control of declarations: the queue, the file, the decisions and the steps they make."""
