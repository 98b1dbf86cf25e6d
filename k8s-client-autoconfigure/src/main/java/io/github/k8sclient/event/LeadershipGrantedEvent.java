package io.github.k8sclient.event;

import io.github.k8sclient.leaderelection.Leadership;

import org.springframework.context.ApplicationEvent;

/**
 * Published when this instance of the application starts to lead, before the controllers
 * run. Only with {@code k8s.client.leader-election.enabled=true}.
 *
 * @since 0.1.0
 */
public final class LeadershipGrantedEvent extends ApplicationEvent {

	private final transient Leadership leadership;

	/**
	 * Create an event.
	 * @param source what publishes it
	 * @param leadership the identity of this instance, and its fencing token
	 */
	public LeadershipGrantedEvent(Object source, Leadership leadership) {
		super(source);
		this.leadership = leadership;
	}

	/**
	 * Return what was granted.
	 * @return the identity of this instance, and its fencing token
	 */
	public Leadership leadership() {
		return this.leadership;
	}

}
