"""kafka-python: lists topics with the right password, and is refused with another. Arguments: the bootstrap server, the mechanism, a token."""
import sys

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError
from kafka.sasl.oauth import AbstractTokenProvider

server, mechanism, good = sys.argv[1:4]


class Provider(AbstractTokenProvider):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def token(self):
        return self.value


def topics(password, token):
    given = (
        {"sasl_oauth_token_provider": Provider(token)}
        if mechanism == "OAUTHBEARER"
        else {"sasl_plain_username": "alice", "sasl_plain_password": password}
    )
    admin = KafkaAdminClient(
        bootstrap_servers=server, security_protocol="SASL_PLAINTEXT", sasl_mechanism=mechanism, **given
    )
    return admin.list_topics()


assert topics("secret", good) == ["known"], "the topic is listed"
try:
    topics("wrong", "a.b.c")
except KafkaError:
    pass
else:
    raise AssertionError("a wrong password is refused")
