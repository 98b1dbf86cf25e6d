package io.github.k8sclient.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadIdlePing}, in the time of a channel without a network.
 */
class ReadIdlePingTests {

	private static final int PING = 6;

	// the settings with which a server answers the first bytes of a client
	private static final byte[] SETTINGS = { 0, 0, 0, 4, 0, 0, 0, 0, 0 };

	private final EmbeddedChannel channel = new EmbeddedChannel();

	@BeforeEach
	void freezeTime() {
		this.channel.freezeTime();
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void silentConnectionIsPinged() {
		http2();

		pass(29);
		assertThat(pings()).isZero();
		pass(1);

		assertThat(pings()).isEqualTo(1);
	}

	@Test
	void connectionWithoutAnswerToThePingIsClosed() {
		http2();

		pass(44);
		assertThat(this.channel.isOpen()).isTrue();
		pass(1);

		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void whateverIsReadKeepsTheConnection() {
		http2();

		pass(40);
		read();
		pass(20);

		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void whatIsWrittenDoesNotKeepTheConnection() {
		http2();

		for (int i = 0; i < 9; i++) {
			this.channel.writeOutbound(Unpooled.wrappedBuffer(SETTINGS));
			pass(5);
		}

		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void connectionOfAnotherProtocolMayBeSilent() {
		ReadIdlePing.addTo(this.channel, Duration.ofSeconds(30), Duration.ofSeconds(15));

		pass(120);

		assertThat(this.channel.isOpen()).isTrue();
		assertThat(pings()).isZero();
	}

	private void http2() {
		this.channel.pipeline().addLast(Http2FrameCodecBuilder.forClient().build());
		ReadIdlePing.addTo(this.channel, Duration.ofSeconds(30), Duration.ofSeconds(15));
		read();
		this.channel.releaseOutbound();
	}

	private void read() {
		this.channel.writeInbound(Unpooled.wrappedBuffer(SETTINGS));
	}

	private void pass(int seconds) {
		for (int second = 0; second < seconds; second++) {
			this.channel.advanceTimeBy(1, TimeUnit.SECONDS);
			this.channel.runScheduledPendingTasks();
		}
	}

	private int pings() {
		int pings = 0;
		ByteBuf frame = this.channel.readOutbound();
		while (frame != null) {
			if (frame.readableBytes() > 3 && frame.getByte(frame.readerIndex() + 3) == PING) {
				pings++;
			}
			frame.release();
			frame = this.channel.readOutbound();
		}
		return pings;
	}

}
