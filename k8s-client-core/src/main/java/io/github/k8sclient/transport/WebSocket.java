package io.github.k8sclient.transport;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.support.Netty4HeadersAdapter;

/**
 * A WebSocket that is open. It pings the server every 5 seconds and gives up when nothing
 * has come for 61 seconds, as client-go's {@code heartbeat} does. The time in which
 * nobody wants to read does not count: then the answers to pings stay unread, too.
 */
final class WebSocket {

	/**
	 * How long a message may be.
	 */
	static final int MAX_MESSAGE = 16 << 20;

	private static final Duration PING_PERIOD = Duration.ofSeconds(5);

	private static final Duration READ_DEADLINE = Duration.ofSeconds(61);

	private final Connection connection;

	private final WebsocketInbound inbound;

	private final WebsocketOutbound outbound;

	private final Flux<DataBuffer> outgoing;

	private final Scheduler timer;

	/** How many messages the reader has asked for and not got. */
	private final AtomicLong wanted = new AtomicLong();

	/** When something came last, or the reader came back, in milliseconds. */
	private volatile long heardAt;

	/**
	 * Create a WebSocket.
	 * @param connection the connection after the upgrade
	 * @param outgoing what to send while somebody reads
	 * @param timer measures time
	 */
	WebSocket(Connection connection, Flux<DataBuffer> outgoing, Scheduler timer) {
		this.connection = connection.addHandlerLast(NettyPipeline.WsFrameAggregator,
				new WebSocketFrameAggregator(MAX_MESSAGE));
		this.inbound = (WebsocketInbound) connection;
		this.outbound = (WebsocketOutbound) connection;
		this.outgoing = outgoing;
		this.timer = timer;
	}

	HttpHeaders handshakeHeaders() {
		return HttpHeaders.copyOf(new Netty4HeadersAdapter(this.inbound.headers()));
	}

	void close() {
		this.connection.channel().close();
	}

	/**
	 * Return what the server sends, on the heap. Completes when the server closes the
	 * WebSocket in order, and fails otherwise; when it ends in any way, the connection is
	 * closed. What is outgoing is sent meanwhile; its end has no effect, its failure is
	 * passed on.
	 */
	Flux<DataBuffer> messages() {
		Flux<DataBuffer> messages = this.inbound.receiveFrames().handle(this::accept);
		return messages.doOnRequest(this::want)
			.concatWith(Mono.defer(this::closed))
			.takeUntilOther(Flux.merge(send(), heartbeat()).then())
			.doFinally((signal) -> close());
	}

	private void accept(WebSocketFrame frame, SynchronousSink<DataBuffer> sink) {
		hear();
		if (frame instanceof BinaryWebSocketFrame) {
			this.wanted.updateAndGet((count) -> (count == Long.MAX_VALUE) ? count : count - 1);
			sink.next(DefaultDataBufferFactory.sharedInstance.wrap(ByteBufUtil.getBytes(frame.content())));
		}
		else if (!(frame instanceof PongWebSocketFrame)) {
			sink.error(new IOException("the server sent a message that is not binary"));
		}
	}

	private void want(long count) {
		if (this.wanted.getAndAccumulate(count, Operators::addCap) == 0) {
			hear();
		}
	}

	private void hear() {
		this.heardAt = now();
	}

	private long now() {
		return this.timer.now(TimeUnit.MILLISECONDS);
	}

	private Mono<DataBuffer> closed() {
		return this.inbound.receiveCloseStatus()
			.switchIfEmpty(Mono.error(ClosedChannelException::new))
			.flatMap(WebSocket::endOf);
	}

	private static Mono<DataBuffer> endOf(WebSocketCloseStatus status) {
		boolean inOrder = status.code() == WebSocketCloseStatus.NORMAL_CLOSURE.code()
				|| status.code() == WebSocketCloseStatus.EMPTY.code();
		return inOrder ? Mono.empty() : Mono.error(
				new IOException("the server closed the WebSocket with " + status.code() + " " + status.reasonText()));
	}

	private Mono<Void> send() {
		return this.outbound
			.sendObject(
					this.outgoing.doOnDiscard(DataBuffer.class, DataBufferUtils::release)
						.map((message) -> new BinaryWebSocketFrame(NettyDataBufferFactory.toByteBuf(message))),
					(message) -> true)
			.then();
	}

	private Flux<Long> heartbeat() {
		return Flux.interval(PING_PERIOD, this.timer).concatMap((beat) -> ping());
	}

	private Mono<Long> ping() {
		this.connection.channel().writeAndFlush(new PingWebSocketFrame());
		Duration left = untilDeadline();
		return (left.compareTo(PING_PERIOD) > 0) ? Mono.empty()
				: Mono.delay(left, this.timer).flatMap((nothing) -> checkDeadline());
	}

	private Duration untilDeadline() {
		return (this.wanted.get() > 0) ? READ_DEADLINE.minusMillis(now() - this.heardAt) : READ_DEADLINE;
	}

	private Mono<Long> checkDeadline() {
		Duration left = untilDeadline();
		return (left.isZero() || left.isNegative())
				? Mono.error(new TimeoutException(
						"nothing has come for " + READ_DEADLINE.toSeconds() + " s, not even an answer to a ping"))
				: Mono.empty();
	}

}
