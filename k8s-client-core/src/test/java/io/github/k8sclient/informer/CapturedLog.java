package io.github.k8sclient.informer;

import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Holds back what informers log during a test, and lets the test look at it.
 */
final class CapturedLog implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

	// the tests' logging backend has no other door
	private final Logger logger = (Logger) org.slf4j.LoggerFactory.getLogger(SharedInformer.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@Override
	public void beforeEach(ExtensionContext context) {
		this.appender.list.clear();
		this.appender.start();
		this.logger.setAdditive(false);
		this.logger.addAppender(this.appender);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.detachAppender(this.appender);
		this.logger.setAdditive(true);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == CapturedLog.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return this;
	}

	List<String> lines(String level) {
		return this.appender.list.stream()
			.filter((event) -> event.getLevel().toString().equals(level))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

}
