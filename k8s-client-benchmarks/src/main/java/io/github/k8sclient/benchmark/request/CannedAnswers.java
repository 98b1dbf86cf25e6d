package io.github.k8sclient.benchmark.request;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.codec.Codec;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;

/**
 * Answers requests as an API server does, with its headers, in the format asked for.
 */
@Sharable
final class CannedAnswers extends SimpleChannelInboundHandler<HttpObject> {

	private static final AttributeKey<HttpRequest> REQUEST = AttributeKey.valueOf(CannedAnswers.class, "request");

	private final Answer pod = new Answer(Pod.CODEC, Sample.POD);

	private final Answer configMap = new Answer(ConfigMap.CODEC, Sample.CONFIGMAP);

	@Override
	protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
		if (message instanceof HttpRequest request) {
			context.channel().attr(REQUEST).set(request);
		}
		if (message instanceof LastHttpContent) {
			context.writeAndFlush(answer(context.channel().attr(REQUEST).get()));
		}
	}

	private FullHttpResponse answer(HttpRequest request) {
		Answer answer = request.uri().contains("/pods") ? this.pod : this.configMap;
		HttpResponseStatus status = request.method().equals(HttpMethod.POST) ? HttpResponseStatus.CREATED
				: HttpResponseStatus.OK;
		String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
		return answer.in(accept.contains("protobuf") ? WireFormat.PROTOBUF : WireFormat.JSON, status);
	}

	/**
	 * An object in both formats.
	 */
	private static final class Answer {

		private final ByteBuf json;

		private final ByteBuf protobuf;

		<T> Answer(Codec<T> codec, Sample sample) {
			T object = ObjectDecoder.decode(codec, WireFormat.JSON, sample.json(), DecodingOptions.defaults());
			this.json = encode(codec, object, WireFormat.JSON);
			this.protobuf = encode(codec, object, WireFormat.PROTOBUF);
		}

		private static <T> ByteBuf encode(Codec<T> codec, T object, WireFormat format) {
			byte[] bytes = ObjectDecoder.encode(codec, object, format).bytes();
			return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
		}

		FullHttpResponse in(WireFormat format, HttpResponseStatus status) {
			ByteBuf body = ((format == WireFormat.JSON) ? this.json : this.protobuf).duplicate();
			FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
			response.headers()
				.set("Audit-Id", "7f1c8f57-3c8f-4a51-9b2e-5f0f7a2f4d10")
				.set("Cache-Control", "no-cache, private")
				.set("Content-Type", format.mediaType())
				.set("X-Kubernetes-Pf-Flowschema-Uid", "0c9c2f5e-4a5a-4a54-8d4c-6f3a1f8a1d2b")
				.set("X-Kubernetes-Pf-Prioritylevel-Uid", "a54b4a1e-7f1e-4b8e-9d0e-2c7f0c1b3e4d")
				.set("Date", "Sat, 21 Nov 2026 12:00:00 GMT")
				.set("Content-Length", body.readableBytes());
			return response;
		}

	}

}
