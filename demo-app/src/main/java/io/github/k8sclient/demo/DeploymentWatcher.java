package io.github.k8sclient.demo;

import io.github.k8sclient.api.apps.v1.Deployment;
import io.github.k8sclient.event.ResourceAddedEvent;
import io.github.k8sclient.event.ResourceDeletedEvent;
import io.github.k8sclient.event.ResourceUpdatedEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Prints what happens to deployments. That these methods exist is what makes the starter
 * watch deployments; {@code k8s.client.informers.deployments} in {@code application.yaml}
 * narrows it to those with a label.
 */
@Component
class DeploymentWatcher {

	private final Console console;

	DeploymentWatcher(Console console) {
		this.console = console;
	}

	@EventListener
	void added(ResourceAddedEvent<Deployment> event) {
		this.console.print("New deployment was added, %s", event.key());
	}

	@EventListener
	void updated(ResourceUpdatedEvent<Deployment> event) {
		this.console.print("Deployment was updated, %s", event.key());
	}

	@EventListener
	void deleted(ResourceDeletedEvent<Deployment> event) {
		this.console.print("Deployment was deleted, %s", event.key());
	}

}
