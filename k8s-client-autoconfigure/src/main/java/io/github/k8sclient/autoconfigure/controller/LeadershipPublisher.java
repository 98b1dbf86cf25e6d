package io.github.k8sclient.autoconfigure.controller;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.k8sclient.event.LeadershipGrantedEvent;
import io.github.k8sclient.event.LeadershipRevokedEvent;
import io.github.k8sclient.leaderelection.Leadership;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes as application events that this instance leads and that it leads no more, the
 * latter only after the former.
 */
final class LeadershipPublisher {

	private final ApplicationEventPublisher publisher;

	private final AtomicBoolean granted = new AtomicBoolean();

	LeadershipPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	void granted(Leadership leadership) {
		this.granted.set(true);
		this.publisher.publishEvent(new LeadershipGrantedEvent(this, leadership));
	}

	void revoked() {
		if (this.granted.compareAndSet(true, false)) {
			this.publisher.publishEvent(new LeadershipRevokedEvent(this));
		}
	}

}
