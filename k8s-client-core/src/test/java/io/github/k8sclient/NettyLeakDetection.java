package io.github.k8sclient;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails a test class after which Netty reports a buffer that was dropped without being
 * released. Registered for all tests of this module.
 */
public final class NettyLeakDetection implements BeforeAllCallback, AfterAllCallback {

	private static final String DETECTOR = "io.netty.util.ResourceLeakDetector";

	private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

	@Override
	public void beforeAll(ExtensionContext context) {
		this.reports.start();
		logger().addAppender(this.reports);
	}

	@Override
	public void afterAll(ExtensionContext context) throws InterruptedException {
		awaitGarbageCollection();
		// The detector looks for what was lost when it begins to track another buffer
		PooledByteBufAllocator.DEFAULT.buffer(16).release();
		logger().detachAppender(this.reports);
		List<String> leaks = this.reports.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
		assertThat(leaks).as("buffers that were not released").isEmpty();
	}

	private static void awaitGarbageCollection() throws InterruptedException {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		WeakReference<Object> probe = new WeakReference<>(new Object(), queue);
		System.gc();
		assertThat(queue.remove(10_000)).as("garbage collection").isSameAs(probe);
	}

	private static Logger logger() {
		return ((LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory()).getLogger(DETECTOR);
	}

}
