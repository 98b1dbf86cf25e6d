package io.github.k8sclient.transport;

import javax.net.ssl.SSLEngine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * TLS between client and proxy, for proxies with an https URL. Reactor Netty knows
 * proxies without it only.
 */
final class TlsProxy {

	private static final String SSL = "k8s-client.proxySsl";

	private static final String EVENTS = "k8s-client.proxySslEvents";

	private final String host;

	private final int port;

	private final SslContext context;

	TlsProxy(String host, int port, SslContext context) {
		this.host = host;
		this.port = port;
		this.context = context;
	}

	void secure(Channel channel) {
		// First of all handlers, so that the proxy's codec writes through it
		channel.pipeline()
			.addFirst(EVENTS, new HandshakeEvents())
			.addFirst(SSL, new ProxySslHandler(this.context.newEngine(channel.alloc(), this.host, this.port)));
	}

	/**
	 * Reactor Netty asks the first TLS handler that it finds for the outcome of ALPN with
	 * the server, and this is it.
	 */
	private static final class ProxySslHandler extends SslHandler {

		private @Nullable ChannelPipeline pipeline;

		ProxySslHandler(SSLEngine engine) {
			super(engine);
		}

		@Override
		public void handlerAdded(ChannelHandlerContext context) throws Exception {
			this.pipeline = context.pipeline();
			super.handlerAdded(context);
		}

		@Override
		public @Nullable String applicationProtocol() {
			SslHandler server = (this.pipeline != null) ? (SslHandler) this.pipeline.get(NettyPipeline.SslHandler)
					: null;
			return (server != null) ? server.applicationProtocol() : null;
		}

	}

	/**
	 * Keeps the end of the handshake with the proxy from those who wait for the one with
	 * the server.
	 */
	private static final class HandshakeEvents extends ChannelInboundHandlerAdapter {

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
				context.fireUserEventTriggered(event);
			}
			else if (!handshake.isSuccess()) {
				context.fireExceptionCaught(handshake.cause());
			}
		}

	}

}
