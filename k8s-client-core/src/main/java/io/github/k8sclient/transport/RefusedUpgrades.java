package io.github.k8sclient.transport;

import java.io.ByteArrayOutputStream;
import java.nio.channels.ClosedChannelException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * Reads the answer of a server that refuses to open a WebSocket. Netty and Reactor Netty
 * tell its status code and drop its body, which says why.
 */
final class RefusedUpgrades extends ChannelInboundHandlerAdapter {

	// First of what reads HTTP: what follows takes but short answers
	private static final String NAME = NettyPipeline.LEFT + "k8s-client.refusedUpgrades";

	// A Status that is longer has a few thousand causes
	private static final int MAX_BODY = 1 << 20;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private @Nullable HttpResponse refusal;

	private RefusedUpgrades() {
	}

	/**
	 * Watch over a connection that is about to be upgraded.
	 */
	static void watch(Connection connection) {
		ChannelPipeline pipeline = connection.channel().pipeline();
		if (pipeline.get(NAME) == null) {
			pipeline.addAfter(NettyPipeline.HttpCodec, NAME, new RefusedUpgrades());
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.refusal == null && message instanceof HttpResponse response) {
			if (response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
				context.pipeline().remove(this);
			}
			else {
				this.refusal = response;
			}
		}
		if (this.refusal == null) {
			context.fireChannelRead(message);
			return;
		}
		try {
			read(context, message, this.refusal);
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private void read(ChannelHandlerContext context, Object message, HttpResponse response) {
		if (message instanceof HttpContent content) {
			ByteBuf bytes = content.content();
			int length = Math.min(bytes.readableBytes(), MAX_BODY - this.body.size());
			this.body.writeBytes(ByteBufUtil.getBytes(bytes, bytes.readerIndex(), length));
			if (message instanceof LastHttpContent || this.body.size() == MAX_BODY) {
				refuse(context, response);
			}
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.refusal != null) {
			context.read();
		}
		context.fireChannelReadComplete();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.refusal != null) {
			// The server has said that it refuses, even if the connection breaks while it
			// says why
			refuse(context, this.refusal);
		}
		else {
			context.fireExceptionCaught(new ClosedChannelException());
		}
		context.fireChannelInactive();
	}

	private void refuse(ChannelHandlerContext context, HttpResponse response) {
		context.pipeline().remove(this);
		context.fireExceptionCaught(
				new UpgradeRefusedException(response.status().code(), response.headers(), this.body.toByteArray()));
		context.close();
	}

}
