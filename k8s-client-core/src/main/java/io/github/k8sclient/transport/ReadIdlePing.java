package io.github.k8sclient.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;

/**
 * Pings the other side of an HTTP/2 connection when nothing has come from there for a
 * while, and closes the connection if nothing comes after the ping either.
 * <p>
 * The pings of Reactor Netty are for connections on which nothing is sent: requests that
 * go into a dead connection keep it alive, and take further ones with them. The rule here
 * is that of Go's HTTP/2 client.
 */
final class ReadIdlePing extends IdleStateHandler {

	// any content will do, as whatever comes shows that the other side lives
	private static final long CONTENT = 0x6b38732d70696e67L;

	private final Duration timeout;

	private long reads;

	private ReadIdlePing(Duration idleTime, Duration timeout) {
		super(idleTime.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
		this.timeout = timeout;
	}

	/**
	 * Watch over a connection.
	 * @param channel the connection; nothing happens for the streams of one
	 * @param idleTime after which silence to ping
	 * @param timeout how long to wait for what comes after that
	 */
	static void addTo(Channel channel, Duration idleTime, Duration timeout) {
		if (!(channel instanceof Http2StreamChannel)) {
			channel.pipeline().addFirst(new ReadIdlePing(idleTime, timeout));
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		this.reads++;
		super.channelRead(context, message);
	}

	@Override
	protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
		if (event.isFirst() && context.pipeline().get(Http2FrameCodec.class) != null) {
			long before = this.reads;
			context.channel().writeAndFlush(new DefaultHttp2PingFrame(CONTENT));
			context.executor()
				.schedule(() -> closeUnlessRead(context, before), this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	private void closeUnlessRead(ChannelHandlerContext context, long before) {
		if (this.reads == before) {
			context.close();
		}
	}

}
