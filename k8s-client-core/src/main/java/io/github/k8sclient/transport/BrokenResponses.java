package io.github.k8sclient.transport;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

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

	/**
	 * Watch over a connection from its first request on, when all that decodes is there.
	 */
	static void watch(Connection connection) {
		ChannelPipeline pipeline = connection.channel().pipeline();
		if (pipeline.get(NAME) == null) {
			pipeline.addBefore(NettyPipeline.ReactiveBridge, NAME, INSTANCE);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		context.fireExceptionCaught(failure);
		context.close();
	}

}
