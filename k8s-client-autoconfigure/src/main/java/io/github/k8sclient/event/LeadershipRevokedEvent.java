package io.github.k8sclient.event;

import org.springframework.context.ApplicationEvent;

/**
 * Published when this instance of the application, which has led, leads no more: the
 * controllers have been told to stop, and another instance may lead soon.
 *
 * @since 0.1.0
 */
public final class LeadershipRevokedEvent extends ApplicationEvent {

	/**
	 * Create an event.
	 * @param source what publishes it
	 */
	public LeadershipRevokedEvent(Object source) {
		super(source);
	}

}
