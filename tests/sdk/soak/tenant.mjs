// One tenant of the soak: draws what it does, does it, and checks each answer.
import { errorsOf, faultsOfOutput, faultsOfRefusal, otherPaths } from '../support/output_shape.mjs';
import { signedBy } from '../support/wire.mjs';
import { controls } from './control.mjs';
import { Inputs, inputs } from './operations.mjs';
import { Wire, bytesOf } from './wire.mjs';

const operationNames = Object.keys(inputs);
const controlNames = Object.keys(controls);
const accounts = 2; // of each tenant
const actionsBetweenResets = 300;

function faultsOf(operation, { status, headers, body }) {
  if (status === 200) return faultsOfOutput(operation, body);
  const isRuled = (headers['x-personalize-local-why'] ?? '').endsWith('(ruled)');
  if (!(operation in otherPaths)) return faultsOfRefusal(operation, status, body, { isRuled });
  // The models of the two REST services have no status for all of their errors.
  const error = headers['x-amzn-errortype'] ?? '';
  const isKnown = errorsOf(operation).includes(error) || ['ValidationException', 'ThrottlingException'].includes(error);
  return isKnown || isRuled ? [] : [`the error is ${error}`];
}

export class Tenant {
  /**
   * `report` has `answered(name, status)` and `fault(text)`. No two tenants of different numbers have the same account:
   * one would see the faults that the other has ordered.
   */
  constructor(port, draws, report, number) {
    this.wire = new Wire(port);
    this.draws = draws;
    this.report = report;
    this.number = number;
    this.actions = 0;
    this.become();
  }

  /** Another account, so that tenants come and go. */
  become() {
    this.inputs = new Inputs(this.draws, String(200_000_000_000 + 10 * this.number + this.draws.below(accounts)));
    this.mayBreak = false;
  }

  requestOf(operation) {
    const body = JSON.stringify(inputs[operation](this.inputs));
    const path = otherPaths[operation] ?? '/';
    const type = path === '/' ? 'application/x-amz-json-1.1' : 'application/json';
    const target = path === '/' ? { 'x-amz-target': `AmazonPersonalize.${operation}` } : {};
    return { method: 'POST', path, headers: { 'content-type': type, ...target, ...signedBy(this.inputs.account) }, body };
  }

  controlOf({ method, path, body }) {
    const query = `${path.includes('?') ? '&' : '?'}account=${this.inputs.account}`;
    return { method, path: `/_local/${path}${query}`, body: body === undefined ? '' : JSON.stringify(body) };
  }

  /** One action. Returns once it has been answered. */
  async act() {
    if (this.actions++ % actionsBetweenResets === 0) return this.reset();
    const what = this.draws.below(100);
    if (what < 78) return this.operate(this.draws.pick(operationNames));
    if (what < 96) return this.control(this.draws.pick(controlNames));
    return this.breakOff();
  }

  async reset() {
    this.become();
    await this.control('reset', { method: 'POST', path: 'reset' });
  }

  async operate(operation) {
    const answer = await this.answerTo(operation, this.requestOf(operation));
    if (!answer) return;
    for (const fault of faultsOf(operation, answer)) this.report.fault(`${operation}: ${fault}`);
    if (answer.status === 200 && operation.startsWith('Create')) this.inputs.note(operation, JSON.parse(answer.body));
  }

  async control(name, call = controls[name](this.inputs)) {
    const answer = await this.answerTo(name, this.controlOf(call));
    if (call.breaks) this.mayBreak = true;
    if (!answer || answer.status === 200) return;
    const isRefusal = [400, 404, 408, 409].includes(answer.status) && typeof JSON.parse(answer.body).error === 'string';
    if (!isRefusal) this.report.fault(`${name}: ${answer.status} ${answer.body}`);
  }

  async answerTo(name, request) {
    try {
      const answer = await this.wire.send(request);
      this.report.answered(name, answer.status);
      if (answer.status >= 500) this.report.fault(`${name}: ${answer.status} ${answer.body}\n  to ${JSON.stringify(request)}`);
      return answer.status >= 500 ? undefined : answer;
    } catch (error) {
      if (!this.mayBreak) this.report.fault(`${name}: ${error.message}\n  to ${JSON.stringify(request)}`);
      return undefined;
    }
  }

  async breakOff() {
    const request = this.draws.oneIn(2)
      ? this.requestOf(this.draws.pick(operationNames))
      : this.controlOf(controls[this.draws.pick(controlNames)](this.inputs));
    await this.wire.breakOff(bytesOf(request), this.draws);
    this.mayBreak = true; // it may have added a fault
    this.report.answered('a broken connection', 0);
  }

  close() {
    this.wire.close();
  }
}
