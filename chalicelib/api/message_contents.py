"""What a mail said, as it was sent, over HTTP."""

from chalicelib.api.requests import ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.message_contents import MessageContent
from chalicelib.usecases.message_content import read_content

routes = Routes()


@routes.route("/v1/messages/{customer_id}/{message_id}/content", "GET", gives=MessageContent)
def read(request: ApiRequest, customer_id: str, message_id: str) -> Reply:
    """A mail as it was handed to the provider, word by word; 404 if it never was."""
    kept = read_content(request.ports, customer_id, message_id)
    return Reply(MessageContent(**kept.model_dump()))
