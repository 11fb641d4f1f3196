/* The netlink transport: see netlink(7) and Documentation/userspace-api/netlink in the kernel. */
#include "netlink.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* Protocols are small numbers (linux/netlink.h, MAX_LINKS), and each that is used keeps its socket: a hook asks often. */
#define PROTOCOLS 32
/* What the kernel puts into one datagram of a list, and more than any single answer to our requests (af_netlink.c). */
#define DATAGRAM 65536
/* The kernel answers at once; so long a silence means that no answer will come. */
#define ANSWER_SECONDS 5

struct exchange {
    int fd;
    uint32_t sequence;
    int dump;
    int interrupted;
    int done;
    struct refusal *refusal;
    void (*answer)(const struct nlmsghdr *message, void *context);
    void *context;
};

static int open_socket(int protocol)
{
    static const int one = 1;
    static const struct timeval limit = { .tv_sec = ANSWER_SECONDS };
    struct sockaddr_nl self = { .nl_family = AF_NETLINK };
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (fd < 0)
        return -1;
    /* Older kernels lack these two; the answers are only less wordy then. */
    setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof one);
    setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof one);
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0 &&
        bind(fd, (struct sockaddr *)&self, sizeof self) == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

/* The socket of a protocol, -1 with errno when it cannot be had. */
static int socket_of(int protocol)
{
    static int open[PROTOCOLS]; /* descriptors plus one, 0 for none yet */
    if (open[protocol] == 0)
        open[protocol] = open_socket(protocol) + 1;
    return open[protocol] - 1;
}

static void refuse(struct exchange *exchange, int error)
{
    exchange->refusal->error = error;
    exchange->done = 1;
}

/* Copies the kernel's words: its attributes follow the error, behind the request when that is quoted. */
static void take_words(struct exchange *exchange, const struct nlmsghdr *message)
{
    const struct rtattr *table[NLMSGERR_ATTR_MSG + 1];
    const struct nlmsgerr *error = NLMSG_DATA(message);
    size_t start = NLMSG_ALIGN(NLMSG_LENGTH(sizeof *error));
    if (!(message->nlmsg_flags & NLM_F_CAPPED))
        start += NLMSG_ALIGN(error->msg.nlmsg_len - sizeof error->msg);
    if (!(message->nlmsg_flags & NLM_F_ACK_TLVS) || start >= message->nlmsg_len)
        return;
    const struct rtattr *first = (const struct rtattr *)((const char *)message + start);
    attributes_read(table, NLMSGERR_ATTR_MSG + 1, first, message->nlmsg_len - start);
    const struct rtattr *words = table[NLMSGERR_ATTR_MSG];
    if (!words)
        return;
    size_t length = RTA_PAYLOAD(words);
    if (length >= sizeof exchange->refusal->words)
        length = sizeof exchange->refusal->words - 1;
    memcpy(exchange->refusal->words, RTA_DATA(words), length);
    exchange->refusal->words[length] = '\0';
}

/* An ack (error 0) ends a request; a dump ends with NLMSG_DONE, whose payload may be an error too. */
static void take_end(struct exchange *exchange, const struct nlmsghdr *message)
{
    int32_t code = 0;
    if (message->nlmsg_len >= NLMSG_LENGTH(sizeof code))
        memcpy(&code, NLMSG_DATA(message), sizeof code);
    else if (message->nlmsg_type == NLMSG_ERROR)
        code = -EPROTO;
    exchange->done = 1;
    if (code == 0)
        return;
    if (message->nlmsg_type == NLMSG_ERROR && message->nlmsg_len >= NLMSG_LENGTH(sizeof(struct nlmsgerr)))
        take_words(exchange, message);
    refuse(exchange, -code);
}

static void take(struct exchange *exchange, const struct nlmsghdr *message)
{
    if (message->nlmsg_seq != exchange->sequence)
        return;
    if (message->nlmsg_flags & NLM_F_DUMP_INTR)
        exchange->interrupted = 1;
    if (message->nlmsg_type == NLMSG_ERROR || message->nlmsg_type == NLMSG_DONE)
        take_end(exchange, message);
    else if (message->nlmsg_type == NLMSG_OVERRUN)
        refuse(exchange, ENOBUFS);
    else if (exchange->answer)
        exchange->answer(message, exchange->context);
}

/* One datagram; one that was cut is no answer. */
static void receive(struct exchange *exchange)
{
    static _Alignas(struct nlmsghdr) char bytes[DATAGRAM];
    struct sockaddr_nl from;
    struct iovec part = { .iov_base = bytes, .iov_len = sizeof bytes };
    struct msghdr datagram = { .msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &part, .msg_iovlen = 1 };
    ssize_t size = recvmsg(exchange->fd, &datagram, MSG_TRUNC);
    if (size < 0 && errno != EINTR)
        refuse(exchange, errno == EAGAIN ? ETIMEDOUT : errno);
    else if (size == 0)
        refuse(exchange, EPROTO);
    else if (size > (ssize_t)sizeof bytes)
        refuse(exchange, EMSGSIZE);
    size_t left = size > 0 && !exchange->done && from.nl_pid == 0 ? (size_t)size : 0; /* only the kernel is believed */
    const struct nlmsghdr *message = (const struct nlmsghdr *)bytes;
    for (; !exchange->done && NLMSG_OK(message, left); message = NLMSG_NEXT(message, left))
        take(exchange, message);
}

/* Each message carries the exchange's number, so that an answer to any of them counts. */
static void number_messages(struct request *request, uint32_t sequence)
{
    int left = (int)request->length; /* signed: the last message need not end at a multiple of four */
    struct nlmsghdr *message = (struct nlmsghdr *)request->room;
    for (; NLMSG_OK(message, left); message = NLMSG_NEXT(message, left))
        message->nlmsg_seq = sequence;
}

static int converse(struct exchange *exchange, struct request *request)
{
    struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
    if (request->length > sizeof request->room)
        refuse(exchange, EMSGSIZE);
    else if (sendto(exchange->fd, request->room, request->length, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0)
        refuse(exchange, errno);
    while (!exchange->done)
        receive(exchange);
    if (exchange->interrupted && exchange->refusal->error == 0)
        exchange->refusal->error = EINTR;
    return exchange->refusal->error ? -1 : 0;
}

int request_run(struct request *request, struct refusal *refusal,
                void (*answer)(const struct nlmsghdr *message, void *context), void *context)
{
    static uint32_t sequence;
    memset(refusal, 0, sizeof *refusal);
    struct exchange exchange = {
        .fd = socket_of(request->protocol), .refusal = refusal, .answer = answer, .context = context
    };
    if (exchange.fd < 0) {
        refusal->error = errno;
        return -1;
    }
    exchange.sequence = ++sequence;
    if (request->length <= sizeof request->room)
        number_messages(request, sequence);
    /* Answers that come too late for this one carry its number, and no later one takes them. */
    return converse(&exchange, request);
}
