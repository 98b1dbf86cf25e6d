package io.github.k8sclient.transport;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import reactor.netty.Connection;

/**
 * Closes connections whose response cannot be decoded, such as one that is not compressed
 * as it says. Reactor Netty reports the failure, but leaves the connection open and in
 * use, so that it would never get back into its pool.
 */
@Sharable
final class BrokenResponses extends ChannelInboundHandlerAdapter {

	private static final String NAME = "k8s-client.brokenResponses";

	private static final BrokenResponses INSTANCE = new BrokenResponses();

	private BrokenResponses() {
	}

	static void watch(Connection connection) {
		connection.addHandlerLast(NAME, INSTANCE);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		context.fireExceptionCaught(failure);
		context.close();
	}

}
