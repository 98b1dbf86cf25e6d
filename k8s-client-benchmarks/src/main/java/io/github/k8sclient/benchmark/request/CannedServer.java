package io.github.k8sclient.benchmark.request;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import org.jspecify.annotations.Nullable;

/**
 * The server: answers with objects that it has at hand, with as little work of its own as
 * possible. Speaks HTTP/1.1, and with TLS HTTP/2, too.
 */
public final class CannedServer {

	private static final String PASSWORD = "changeit";

	private CannedServer() {
	}

	/**
	 * Prints its port, and runs until its input ends.
	 * @param args {@code http} or {@code https}
	 * @throws Exception if it cannot start
	 */
	public static void main(String[] args) throws Exception {
		SslContext ssl = args[0].equals("https") ? sslContext() : null;
		Channel channel = new ServerBootstrap().group(new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory()))
			.channel(NioServerSocketChannel.class)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new Connections(ssl))
			.bind("127.0.0.1", 0)
			.sync()
			.channel();
		System.out.println("port " + ((InetSocketAddress) channel.localAddress()).getPort());
		while (System.in.read() >= 0) {
			// Nobody writes; the end of the parent is the end of the input
		}
		System.exit(0);
	}

	/**
	 * Return TLS with a new key, which the tool of the JDK makes: the JDK has no API that
	 * does.
	 */
	private static SslContext sslContext() throws IOException, InterruptedException, GeneralSecurityException {
		Path folder = Files.createTempDirectory("request-benchmark");
		File file = folder.resolve("key.p12").toFile();
		try {
			new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
					"-alias", "server", "-keyalg", "EC", "-storetype", "PKCS12", "-keystore", file.toString(),
					"-storepass", PASSWORD, "-dname", "CN=localhost", "-ext", "san=ip:127.0.0.1")
				.redirectErrorStream(true)
				.start()
				.waitFor();
			KeyStore keys = KeyStore.getInstance("PKCS12");
			try (InputStream in = new FileInputStream(file)) {
				keys.load(in, PASSWORD.toCharArray());
			}
			KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keyManagers.init(keys, PASSWORD.toCharArray());
			return SslContextBuilder.forServer(keyManagers)
				.ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
				.applicationProtocolConfig(new ApplicationProtocolConfig(Protocol.ALPN,
						SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT,
						ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1))
				.build();
		}
		finally {
			for (Path path : List.of(file.toPath(), folder)) {
				Files.deleteIfExists(path);
			}
		}
	}

	/**
	 * Sets up connections.
	 */
	private static final class Connections extends ChannelInitializer<Channel> {

		private final @Nullable SslContext ssl;

		private final CannedAnswers answers = new CannedAnswers();

		Connections(@Nullable SslContext ssl) {
			this.ssl = ssl;
		}

		@Override
		protected void initChannel(Channel channel) {
			if (this.ssl == null) {
				addHttp1(channel.pipeline());
				return;
			}
			channel.pipeline()
				.addLast(this.ssl.newHandler(channel.alloc()), new ApplicationProtocolNegotiationHandler("http/1.1") {

					@Override
					protected void configurePipeline(ChannelHandlerContext context, String protocol) {
						if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
							addHttp2(context.pipeline());
						}
						else {
							addHttp1(context.pipeline());
						}
					}

				});
		}

		private void addHttp1(ChannelPipeline pipeline) {
			pipeline.addLast(new HttpServerCodec(), this.answers);
		}

		private void addHttp2(ChannelPipeline pipeline) {
			CannedAnswers answers = this.answers;
			pipeline.addLast(Http2FrameCodecBuilder.forServer().build(),
					new Http2MultiplexHandler(new ChannelInitializer<>() {

						@Override
						protected void initChannel(Channel stream) {
							stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), answers);
						}

					}));
		}

	}

}
